package dev.sightline.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * One line of the operator audit, written to PostgreSQL by the workflow's main loop.
 *
 * @param outcome {@code ACCEPTED, REFUSED} or {@code DUPLICATE}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuditEntry(
    String commandId,
    String command,
    String by,
    @Nullable String reason,
    @Nullable String target,
    String outcome,
    String message) {}
