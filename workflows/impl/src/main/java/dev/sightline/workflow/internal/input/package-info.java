@NullMarked
package dev.sightline.workflow.internal.input;

import org.jspecify.annotations.NullMarked;
