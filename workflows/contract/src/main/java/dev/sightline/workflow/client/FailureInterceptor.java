package dev.sightline.workflow.client;

import dev.sightline.foundation.SightlineException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;

/**
 * Gives every {@link SightlineException} of an activity its type and retryability; activities just
 * throw.
 */
public final class FailureInterceptor extends WorkerInterceptorBase {
  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public ActivityOutput execute(ActivityInput input) {
        try {
          return super.execute(input);
        } catch (SightlineException failure) {
          throw Failures.toApplicationFailure(failure);
        }
      }
    };
  }
}
