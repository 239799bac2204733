package dev.sightline.workflow.internal.fake;

import dev.sightline.foundation.Digest;
import dev.sightline.workflow.activity.BatchRequest;
import dev.sightline.workflow.activity.EvaluationActivities;
import dev.sightline.workflow.activity.EvaluationReference;
import dev.sightline.workflow.activity.EvaluationRequest;

/** An evaluation of three batches. */
public final class FakeEvaluation implements EvaluationActivities {
  public static final String EVALUATION = Digest.ofText("evaluation").hex();

  private final Faults faults;
  private volatile int answered;
  private volatile boolean published;

  public FakeEvaluation(Faults faults) {
    this.faults = faults;
  }

  public void answeredBefore(int batches) {
    answered = batches;
  }

  @Override
  public EvaluationReference open(EvaluationRequest request) {
    faults.call("open", request.arm() + " " + request.split() + " " + request.template());
    return reference();
  }

  @Override
  public void bringUp(BatchRequest request) {
    faults.call("bringUp", "");
  }

  @Override
  public void answerBatch(BatchRequest request) {
    faults.call("answerBatch", Integer.toString(request.batch()));
    answered = request.batch() + 1;
  }

  @Override
  public EvaluationReference publish(BatchRequest request) {
    faults.call("publishEvaluation", "");
    published = true;
    return reference();
  }

  private EvaluationReference reference() {
    return new EvaluationReference(EVALUATION, "run-of-evaluation", 3, answered, published, 3);
  }
}
