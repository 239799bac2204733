@NullMarked
package dev.sightline.workflow.internal;

import org.jspecify.annotations.NullMarked;
