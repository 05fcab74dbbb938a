namespace Tracebloc.Cli.Checks;

/// <summary>The result of a check.</summary>
internal enum CheckStatus
{
    /// <summary>A push can rely on it.</summary>
    Ok,

    /// <summary>A push works, and may not do so for long.</summary>
    Warn,

    /// <summary>A push would fail.</summary>
    Fail,

    /// <summary>It could not be checked.</summary>
    Unknown,
}

/// <summary>A check that was made.</summary>
/// <param name="Name">Its name, which does not change.</param>
/// <param name="Status">Its result.</param>
/// <param name="Message">The finding.</param>
/// <param name="Remedy">The remedy; null where none is needed.</param>
internal sealed record CheckResult(string Name, CheckStatus Status, string Message, string? Remedy = null);

/// <summary>A finding, before its check's name is added.</summary>
internal sealed record CheckFinding(CheckStatus Status, string Message, string? Remedy = null)
{
    public static CheckFinding Ok(string message) => new(CheckStatus.Ok, message);

    public static CheckFinding Warn(string message, string remedy) => new(CheckStatus.Warn, message, remedy);

    public static CheckFinding Fail(string message, string remedy) => new(CheckStatus.Fail, message, remedy);

    public static CheckFinding Unknown(string message, string remedy) => new(CheckStatus.Unknown, message, remedy);
}
