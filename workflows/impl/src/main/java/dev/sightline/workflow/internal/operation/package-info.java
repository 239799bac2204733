@NullMarked
package dev.sightline.workflow.internal.operation;

import org.jspecify.annotations.NullMarked;
