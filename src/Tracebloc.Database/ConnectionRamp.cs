namespace Tracebloc.Database;

/// <summary>
/// The number of connections that load at once: it starts with one, and grows while each further one makes the load at
/// least a tenth faster.
/// </summary>
public sealed record ConnectionRamp
{
    /// <summary>The chunks of each connection between two decisions.</summary>
    public const int ChunksPerConnection = 4;

    private const double Gain = 1.1;

    private readonly int _most;
    private readonly TimeSpan _since;
    private readonly double _rate;
    private readonly bool _isSettled;

    /// <param name="most">The most connections.</param>
    public ConnectionRamp(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        _most = most;
        _isSettled = most == 1;
    }

    /// <summary>The number of connections now.</summary>
    public int Connections { get; private init; } = 1;

    /// <summary>The number of connections after a chunk.</summary>
    /// <param name="rows">The chunk's rows.</param>
    /// <param name="at">The time since the start of the load.</param>
    public ConnectionRamp After(long rows, TimeSpan at)
    {
        if (_isSettled) return this;
        var seen = this with { Rows = Rows + rows, Chunks = Chunks + 1 };
        return seen.Chunks < ChunksPerConnection * Connections ? seen : seen.Decide(at);
    }

    private long Rows { get; init; }

    private int Chunks { get; init; }

    private ConnectionRamp Decide(TimeSpan at)
    {
        var rate = Rows / Math.Max((at - _since).TotalSeconds, 1e-6);
        if (rate < _rate * Gain)
            return new ConnectionRamp(1) { Connections = Connections - 1 };
        return Connections == _most
            ? new ConnectionRamp(1) { Connections = Connections }
            : new ConnectionRamp(_most, at, rate) { Connections = Connections + 1 };
    }

    private ConnectionRamp(int most, TimeSpan since, double rate)
        : this(most) => (_since, _rate) = (since, rate);
}
