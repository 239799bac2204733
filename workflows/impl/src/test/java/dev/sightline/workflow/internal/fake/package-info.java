/** Hand-written activities for tests of workflow logic; no integration test uses them. */
@NullMarked
package dev.sightline.workflow.internal.fake;

import org.jspecify.annotations.NullMarked;
