package dev.sightline.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the arms that the ablation section makes where the file would list them, before the spec is
 * read. What stands wrong in the section itself is left to that reading.
 */
final class ArmsOfAblation {
  private static final String ARMS = "arms";
  private static final String SECTION = "ablation";

  private final Findings findings;

  private final @Nullable RewardCatalog rewards;

  ArmsOfAblation(Findings findings, @Nullable RewardCatalog rewards) {
    this.findings = findings;
    this.rewards = rewards;
  }

  /** A file holds either the arms or what makes them. */
  SpecNode file(SpecNode root) {
    return resolve(root, true);
  }

  /** A tree may hold both, for it may be resolved already; its arms are then taken as they are. */
  SpecNode tree(SpecNode root) {
    return resolve(root, false);
  }

  private SpecNode resolve(SpecNode root, boolean either) {
    if (!(root instanceof SpecNode.Mapping mapping)
        || !(mapping.get(SECTION).orElse(null) instanceof SpecNode.Mapping section)) {
      return root;
    }
    Optional<Ablation> read =
        new RecordReader(new Findings(findings.source()))
            .read(RecordType.of(Ablation.class), section, SECTION)
            .map(Ablation.class::cast);
    if (read.isEmpty() || read.get().design() == AblationDesign.LIST) {
      return root;
    }
    if (mapping.get(ARMS).isPresent()) {
      if (either) {
        findings.place(ARMS, mapping.get(ARMS).get().at());
        findings.problem(
            ARMS,
            "are there, and ablation.design " + read.get().design().wire() + " makes them",
            "leave them out, or take design list");
      }
      return root;
    }
    return with(mapping, section.at(), arms(read.get(), section.at()));
  }

  private List<SpecNode> arms(Ablation ablation, SpecNode.Position at) {
    AblationArms.Made made = AblationArms.of(ablation, this::fields);
    findings.place(SECTION, at);
    made.complaints()
        .forEach(
            found ->
                findings.problem(SECTION + "." + found.field(), at, found.problem(), found.fix()));
    List<SpecNode> arms = new ArrayList<>();
    for (Map<String, Object> arm : made.arms()) {
      arms.add(
          JsonTree.of(arm) instanceof SpecNode.Mapping(List<SpecNode.Member> members, var _)
              ? new SpecNode.Mapping(members, at)
              : SpecNode.Mapping.empty(at));
    }
    return arms;
  }

  private Optional<Map<String, Object>> fields(String design) {
    if (rewards == null
        || !(rewards.design(design) instanceof RewardCatalog.Lookup.Found(DesignSpec found))) {
      return Optional.empty();
    }
    Map<String, Object> fields = SpecWriter.record(found);
    fields.remove("name");
    fields.remove("doc");
    fields.put("template", found.templateName());
    return Optional.of(fields);
  }

  private static SpecNode with(SpecNode.Mapping root, SpecNode.Position at, List<SpecNode> arms) {
    List<SpecNode.Member> members = new ArrayList<>(root.members());
    members.add(new SpecNode.Member(ARMS, at, new SpecNode.Sequence(arms, at)));
    return new SpecNode.Mapping(members, root.at());
  }
}
