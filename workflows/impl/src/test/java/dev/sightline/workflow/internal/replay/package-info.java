@NullMarked
package dev.sightline.workflow.internal.replay;

import org.jspecify.annotations.NullMarked;
