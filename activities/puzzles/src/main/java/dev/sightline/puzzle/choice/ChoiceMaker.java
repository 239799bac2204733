package dev.sightline.puzzle.choice;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives items options of which nothing but the image tells the right one.
 *
 * <p>Items are put together in groups of four (fewer where a stratum has fewer answers) with
 * distinct right answers, and all items of a group get the same options in the same order. So every
 * option is right exactly once in its group, at every position, and whatever looks at options alone
 * is right exactly once in each group: chance. Partners are chosen such that an item's options are
 * what its named mistakes answer, as far as others' right answers allow. Items are grouped with
 * items whose question text says as much about the answer ({@link TellingWords}), so that text and
 * options together tell little.
 *
 * <p>An answer that is right for more than one in four of the items that are alike leaves some of
 * them over; those get three options where that works, and none otherwise: any options would give
 * them away.
 */
public final class ChoiceMaker {
  private static final int MOST = 4;
  private static final int DEEPEST = 10;

  /** How many items of one answer are looked at for a partner with fitting mistakes. */
  private static final int LOOKED_AT = 24;

  private ChoiceMaker() {}

  /** Choices by item key; items left over have none. A pure function of the items as a set. */
  public static Map<String, Choices> make(Collection<ChoiceItem> items) {
    Map<String, List<ChoiceItem>> strata = new TreeMap<>();
    Set<String> keys = new HashSet<>();
    for (ChoiceItem item : items) {
      if (!keys.add(item.key())) {
        throw new IllegalArgumentException("two items have the key " + item.key());
      }
      strata.computeIfAbsent(item.stratum(), key -> new ArrayList<>()).add(item);
    }
    Map<String, Choices> choices = new LinkedHashMap<>();
    strata.values().forEach(stratum -> new Stratum(stratum).group(choices));
    return choices;
  }

  private static final class Stratum {
    private final List<ChoiceItem> items;
    private final int size;
    private final Map<String, Map<String, String>> mistakes = new HashMap<>();

    Stratum(List<ChoiceItem> items) {
      this.items = new ArrayList<>(items);
      this.items.sort(
          Comparator.comparing((ChoiceItem item) -> Digest.ofText("choices/" + item.key()).hex()));
      size = (int) Math.min(MOST, items.stream().map(ChoiceItem::answer).distinct().count());
      for (ChoiceItem item : items) {
        Map<String, String> byAnswer = new LinkedHashMap<>();
        for (WrongAnswer wrong : item.wrongAnswers()) {
          if (!wrong.answer().equals(item.answer())) {
            byAnswer.putIfAbsent(wrong.answer(), wrong.procedure());
          }
        }
        mistakes.put(item.key(), byAnswer);
      }
    }

    void group(Map<String, Choices> choices) {
      if (size < 2) {
        return;
      }
      alike(items, new TellingWords(items), 0, choices);
    }

    /** Splits by telling words as long as there are any, and groups what is alike. */
    private void alike(
        List<ChoiceItem> part, TellingWords words, int depth, Map<String, Choices> choices) {
      Optional<String> word = depth < DEEPEST ? words.best(part) : Optional.empty();
      if (word.isEmpty()) {
        List<ChoiceItem> over = groups(part, size, choices);
        if (size == MOST) {
          groups(over, MOST - 1, choices);
        }
        return;
      }
      List<ChoiceItem> with = new ArrayList<>();
      List<ChoiceItem> without = new ArrayList<>();
      for (ChoiceItem item : part) {
        (words.has(item, word.get()) ? with : without).add(item);
      }
      alike(with, words, depth + 1, choices);
      alike(without, words, depth + 1, choices);
    }

    /** Makes groups of so many, as long as there are answers, and returns what is left over. */
    private List<ChoiceItem> groups(
        List<ChoiceItem> part, int members, Map<String, Choices> choices) {
      Map<String, ArrayDeque<ChoiceItem>> byAnswer = new TreeMap<>();
      for (ChoiceItem item : part) {
        byAnswer.computeIfAbsent(item.answer(), key -> new ArrayDeque<>()).add(item);
      }
      int left = part.size();
      while (byAnswer.size() >= members) {
        share(members(byAnswer, members, left / members), choices);
        left -= members;
      }
      List<ChoiceItem> over = new ArrayList<>();
      byAnswer.values().forEach(over::addAll);
      return over;
    }

    /**
     * One item of the most frequent answer left, then partners: first answers that would be left
     * over otherwise, then those that the members' mistakes give, then the more frequent.
     */
    private List<ChoiceItem> members(
        Map<String, ArrayDeque<ChoiceItem>> byAnswer, int wanted, int groups) {
      List<ChoiceItem> members = new ArrayList<>();
      Set<String> taken = new HashSet<>();
      while (members.size() < wanted) {
        String best = "";
        double bestWorth = -1;
        for (Map.Entry<String, ArrayDeque<ChoiceItem>> entry : byAnswer.entrySet()) {
          if (taken.contains(entry.getKey())) {
            continue;
          }
          double worth = entry.getValue().size() / (double) (groups + 1);
          if (entry.getValue().size() >= groups) {
            worth += 1000;
          }
          for (ChoiceItem member : members) {
            worth += mistakes(member).containsKey(entry.getKey()) ? 10 : 0;
          }
          if (worth > bestWorth) {
            bestWorth = worth;
            best = entry.getKey();
          }
        }
        taken.add(best);
        members.add(take(byAnswer, best, members));
      }
      return members;
    }

    /**
     * Of the items with this answer the one whose own mistakes give most of the others' answers.
     */
    private ChoiceItem take(
        Map<String, ArrayDeque<ChoiceItem>> byAnswer, String answer, List<ChoiceItem> members) {
      ArrayDeque<ChoiceItem> queue = byAnswer.getOrDefault(answer, new ArrayDeque<>());
      ChoiceItem best = queue.getFirst();
      int most = -1;
      Iterator<ChoiceItem> candidates = queue.iterator();
      for (int i = 0; i < LOOKED_AT && candidates.hasNext(); i++) {
        ChoiceItem candidate = candidates.next();
        int fitting = 0;
        for (ChoiceItem member : members) {
          fitting += mistakes(candidate).containsKey(member.answer()) ? 1 : 0;
        }
        if (fitting > most) {
          most = fitting;
          best = candidate;
        }
      }
      queue.remove(best);
      if (queue.isEmpty()) {
        byAnswer.remove(answer);
      }
      return best;
    }

    private Map<String, String> mistakes(ChoiceItem item) {
      return mistakes.getOrDefault(item.key(), Map.of());
    }

    private void share(List<ChoiceItem> members, Map<String, Choices> choices) {
      String name = String.join(" ", members.stream().map(ChoiceItem::key).sorted().toList());
      List<String> options =
          members.stream()
              .map(ChoiceItem::answer)
              .sorted(
                  Comparator.comparing(
                      answer -> Digest.ofText("order/" + name + "/" + answer).hex()))
              .toList();
      for (ChoiceItem member : members) {
        List<String> procedures = new ArrayList<>();
        for (String option : options) {
          procedures.add(
              option.equals(member.answer())
                  ? Choices.RIGHT
                  : mistakes(member).getOrDefault(option, Choices.OTHER_ITEM));
        }
        choices.put(
            member.key(), new Choices(options, options.indexOf(member.answer()), procedures));
      }
    }
  }
}
