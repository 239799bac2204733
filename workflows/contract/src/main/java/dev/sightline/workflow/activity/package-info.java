/** What workflows ask of the world: one interface a resource, one record in and out. */
@NullMarked
package dev.sightline.workflow.activity;

import org.jspecify.annotations.NullMarked;
