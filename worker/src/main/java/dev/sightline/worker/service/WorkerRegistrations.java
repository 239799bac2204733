package dev.sightline.worker.service;

import java.util.List;

/**
 * What runs on which task queue. Every bean of this type is asked once, when the worker starts;
 * queues of several beans are joined by name.
 */
@FunctionalInterface
public interface WorkerRegistrations {
  /**
   * One queue's share.
   *
   * @param taskQueue one of {@link dev.sightline.workflow.TaskQueues}
   * @param workflows implementation classes, with a constructor without arguments
   * @param activities instances
   */
  record Queue(String taskQueue, List<Class<?>> workflows, List<Object> activities) {
    public Queue {
      workflows = List.copyOf(workflows);
      activities = List.copyOf(activities);
    }
  }

  List<Queue> queues();
}
