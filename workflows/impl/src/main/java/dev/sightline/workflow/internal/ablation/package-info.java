@NullMarked
package dev.sightline.workflow.internal.ablation;

import org.jspecify.annotations.NullMarked;
