@NullMarked
package dev.sightline.workflow.internal.command;

import org.jspecify.annotations.NullMarked;
