namespace Tracebloc.CommandLine;

/// <summary>The shells that completion serves.</summary>
public enum CompletionShell
{
    /// <summary>bash, 3.2 and newer.</summary>
    Bash,

    /// <summary>zsh with its completion system.</summary>
    Zsh,

    /// <summary>fish.</summary>
    Fish,

    /// <summary>PowerShell, 5.1 and newer.</summary>
    PowerShell,
}
