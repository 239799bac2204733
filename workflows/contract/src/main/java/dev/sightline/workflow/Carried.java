package dev.sightline.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow hands to itself when it continues as new; null on a fresh start.
 *
 * @param seenCommands ids of commands already applied, newest last, bounded
 * @param outbox audit rows not yet written
 * @param extraAttempts attempts granted by extendBudget, by stage path
 * @param stageStates states of the ablation's stages so far, by stage path
 * @param round a training run's round to begin; null where none was begun yet
 * @param lineage lineage that this round starts from; null where it is not known
 * @param leaseHeld whether the policy lease is kept over the border
 * @param detailsAt workflow time of the last look at the details, in milliseconds since the epoch
 * @param details the Markdown that was read then
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Carried(
    boolean paused,
    List<String> seenCommands,
    List<AuditEntry> outbox,
    Map<String, Long> extraAttempts,
    Map<String, StageState> stageStates,
    @Nullable Long round,
    @Nullable String lineage,
    boolean leaseHeld,
    long detailsAt,
    @Nullable String details) {
  public Carried {
    seenCommands = seenCommands == null ? List.of() : List.copyOf(seenCommands);
    outbox = outbox == null ? List.of() : List.copyOf(outbox);
    extraAttempts =
        extraAttempts == null
            ? new LinkedHashMap<>()
            : Collections.unmodifiableMap(new LinkedHashMap<>(extraAttempts));
    stageStates =
        stageStates == null
            ? new LinkedHashMap<>()
            : Collections.unmodifiableMap(new LinkedHashMap<>(stageStates));
  }

  public static Carried fresh() {
    return new Carried(false, List.of(), List.of(), Map.of(), Map.of(), null, null, false, 0, null);
  }
}
