@NullMarked
package dev.sightline.workflow;

import org.jspecify.annotations.NullMarked;
