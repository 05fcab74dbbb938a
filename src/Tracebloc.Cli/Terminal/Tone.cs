namespace Tracebloc.Cli.Terminal;

/// <summary>The meaning of a line, which a terminal shows as a colour.</summary>
internal enum Tone
{
    Plain,

    Good,

    Doubtful,

    Bad,

    /// <summary>A heading.</summary>
    Strong,
}
