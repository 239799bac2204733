package dev.sightline.worker.service;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/**
 * Where the worker's partners are and how much it does at once. Values come from {@code
 * application.yml}, which reads the environment names that the module's README lists.
 */
@Singleton
public final class WorkerSettings {
  private final String temporalAddress;
  private final String temporalNamespace;
  private final String jdbcUrl;
  private final String jdbcUser;
  private final String jdbcPassword;
  private final String artifacts;
  private final String tritonAddress;
  private final String policyServers;
  private final int orchestrationSlots;
  private final int computeSlots;
  private final int policySlots;
  private final boolean sideBySide;

  /** Takes one value a setting. */
  public WorkerSettings(
      @Value("${sightline.temporal.address}") String temporalAddress,
      @Value("${sightline.temporal.namespace}") String temporalNamespace,
      @Value("${sightline.jdbc.url}") String jdbcUrl,
      @Value("${sightline.jdbc.user}") String jdbcUser,
      @Value("${sightline.jdbc.password}") String jdbcPassword,
      @Value("${sightline.artifacts}") String artifacts,
      @Value("${sightline.triton.address}") String tritonAddress,
      @Value("${sightline.policy.servers}") String policyServers,
      @Value("${sightline.slots.orchestration}") int orchestrationSlots,
      @Value("${sightline.slots.compute}") int computeSlots,
      @Value("${sightline.slots.policy}") int policySlots,
      @Value("${sightline.side-by-side}") boolean sideBySide) {
    this.temporalAddress = temporalAddress;
    this.temporalNamespace = temporalNamespace;
    this.jdbcUrl = jdbcUrl;
    this.jdbcUser = jdbcUser;
    this.jdbcPassword = jdbcPassword;
    this.artifacts = artifacts;
    this.tritonAddress = tritonAddress;
    this.policyServers = policyServers;
    this.orchestrationSlots = orchestrationSlots;
    this.computeSlots = computeSlots;
    this.policySlots = policySlots;
    this.sideBySide = sideBySide;
  }

  /** Host and port of Temporal's front end. */
  public String temporalAddress() {
    return temporalAddress;
  }

  public String temporalNamespace() {
    return temporalNamespace;
  }

  public String jdbcUrl() {
    return jdbcUrl;
  }

  public String jdbcUser() {
    return jdbcUser;
  }

  public String jdbcPassword() {
    return jdbcPassword;
  }

  /** Folder of the artifact store. */
  public String artifacts() {
    return artifacts;
  }

  /** Host and port of Triton's gRPC. */
  public String tritonAddress() {
    return tritonAddress;
  }

  /** The pool as text, see {@link PolicyPool#members}; blank for the one at the address. */
  public String policyServers() {
    return policyServers;
  }

  /** Activities at once on the orchestration queue; they are short store calls. */
  public int orchestrationSlots() {
    return orchestrationSlots;
  }

  /** Activities at once on the compute queue; each fills a core. */
  public int computeSlots() {
    return computeSlots;
  }

  /** Activities at once on the policy queue; they wait on Triton. */
  public int policySlots() {
    return policySlots;
  }

  /**
   * Whether builds run side by side: then somebody else says which one is current, and what is
   * pinned to another build is left to it.
   */
  public boolean sideBySide() {
    return sideBySide;
  }
}
