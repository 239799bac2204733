package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Where the report's artifacts are.
 *
 * @param resultsDigest digest of the canonical {@code results} object: equal for equal experiments
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReportReference(String json, String html, String markdown, String resultsDigest) {}
