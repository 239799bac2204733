@NullMarked
package dev.sightline.workflow.internal.training;

import org.jspecify.annotations.NullMarked;
