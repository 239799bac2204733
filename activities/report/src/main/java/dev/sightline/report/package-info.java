/**
 * From evaluation rows and curves to the report: numbers first, then JSON, HTML, Markdown, text.
 */
@NullMarked
package dev.sightline.report;

import org.jspecify.annotations.NullMarked;
