@NullMarked
package dev.sightline.report;

import org.jspecify.annotations.NullMarked;
