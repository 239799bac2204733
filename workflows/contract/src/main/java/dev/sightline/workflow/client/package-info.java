/** One way to make clients, converters and failures, for worker, CLI, tests and replayer. */
@NullMarked
package dev.sightline.workflow.client;

import org.jspecify.annotations.NullMarked;
