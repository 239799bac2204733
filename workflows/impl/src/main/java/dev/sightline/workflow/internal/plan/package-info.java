@NullMarked
package dev.sightline.workflow.internal.plan;

import org.jspecify.annotations.NullMarked;
