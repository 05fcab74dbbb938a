namespace Tracebloc.Ingestor;

/// <summary>Every deadline of a run and of its submission.</summary>
internal sealed record IngestorDeadlines
{
    /// <summary>The first answer of a processor: its interpreter and its modules are loaded.</summary>
    public TimeSpan ProcessorStart { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Each row's answer of a processor.</summary>
    public TimeSpan ProcessorAnswer { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A processor's end after its last answer.</summary>
    public TimeSpan ProcessorEnd { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The wait for another run that holds the table's lock.</summary>
    public TimeSpan TableLock { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause between two looks at the parts of a shared load.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause of pod 0 between two looks at the slices of others, which are small.</summary>
    public TimeSpan LookAtSlices { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The wait of the other pods for pod 0, while no run holds the table's lock.</summary>
    public TimeSpan Leader { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The wait of pod 0 for the next part of the other pods.</summary>
    public TimeSpan Part { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Taking a failed run back; what is left then, the next start takes back.</summary>
    public TimeSpan Undo { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>One call of the backend, its answer included.</summary>
    public TimeSpan BackendCall { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The longest pause between two attempts of a call.</summary>
    public TimeSpan BackendPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause between two attempts of a call of jobs-manager.</summary>
    public TimeSpan JobsManagerPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time in which a right that was granted just now is known to the API server.</summary>
    public TimeSpan NewRights { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>All rows of a processor.</summary>
    public TimeSpan ProcessorRun { get; init; } = TimeSpan.FromHours(24);
}
