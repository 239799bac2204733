/** What the commands show: pure records and text, no input or output. */
@NullMarked
package dev.sightline.worker.cli.view;

import org.jspecify.annotations.NullMarked;
