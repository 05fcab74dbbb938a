namespace Tracebloc.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers, and so delays and timeouts that were given this provider,
/// fire only inside <see cref="Advance"/>. The wall clock can be set apart from the monotonic one, as on a host with
/// clock skew.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset DefaultStart = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<TimeSpan> _armed = [];
    private TaskCompletionSource _changed = NewSignal();
    private DateTimeOffset _wall;
    private TimeSpan _elapsed;

    public ManualTimeProvider(DateTimeOffset? start = null) => _wall = start ?? DefaultStart;

    /// <summary>The bound of a wait for a timer, in real time.</summary>
    public TimeSpan PatienceOfWaits { get; init; } = Bound.OfWaits;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How long each armed timer still has to run, soonest first.</summary>
    public IReadOnlyList<TimeSpan> Pending
    {
        get
        {
            lock (_gate)
                return [.. _timers.Select(timer => timer.Due - _elapsed).Order()];
        }
    }

    /// <summary>The time that each timer was armed with, in order, those that have ended included.</summary>
    public IReadOnlyList<TimeSpan> Armed
    {
        get
        {
            lock (_gate)
                return [.. _armed];
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _wall;
    }

    public override long GetTimestamp()
    {
        lock (_gate)
            return _elapsed.Ticks;
    }

    /// <summary>Sets the wall clock only: no timer fires, and timestamps stay as they are.</summary>
    public void SetUtcNow(DateTimeOffset now)
    {
        lock (_gate)
            _wall = now;
    }

    /// <summary>Moves both clocks and fires, in order of their due time, the timers that fall into the span.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan target;
        lock (_gate)
            target = _elapsed + by;
        while (TakeDue(target) is { } timer)
            timer.Fire();
    }

    /// <summary>Completes once a timer is armed whose remaining time meets the condition (any, without one).</summary>
    /// <returns>The remaining time of that timer.</returns>
    /// <exception cref="TimeoutException">None was armed within <see cref="Bound.OfWaits"/> of real time; names those
    /// that were.</exception>
    public async Task<TimeSpan> WaitForTimerAsync(Func<TimeSpan, bool>? condition, CancellationToken cancellationToken)
    {
        using var bound = new Bound(PatienceOfWaits, cancellationToken);
        return await bound.KeepAsync(
            token => FindTimerAsync(condition, token),
            () => Pending is [] ? "no timer is armed" : $"armed are only {string.Join(", ", Pending)}");
    }

    private async Task<TimeSpan> FindTimerAsync(Func<TimeSpan, bool>? condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task signal;
            lock (_gate)
                signal = _changed.Task;
            foreach (var due in Pending)
                if (condition is null || condition(due))
                    return due;
            await signal.WaitAsync(cancellationToken);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ManualTimer? TakeDue(TimeSpan target)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            var now = next?.Due ?? target;
            if (now > _elapsed)
                (_wall, _elapsed) = (_wall + (now - _elapsed), now);
            next?.Rearm();
            return next;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, Action callback) : ITimer
    {
        private TimeSpan period;

        public TimeSpan Due { get; private set; }

        public void Fire() => callback();

        /// <summary>Called under the clock's lock when the timer is about to fire.</summary>
        public void Rearm()
        {
            if (period > TimeSpan.Zero)
                Due += period;
            else
                clock._timers.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            TaskCompletionSource signal;
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                this.period = period;
                Due = clock._elapsed + dueTime;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    clock._timers.Add(this);
                    clock._armed.Add(dueTime);
                }

                signal = clock._changed;
                clock._changed = NewSignal();
            }

            signal.SetResult();
            if (dueTime == TimeSpan.Zero)
                clock.Advance(TimeSpan.Zero);
            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
