namespace Tracebloc.ChartUpgrade;

/// <summary>The outcome for the release, or in a plan the expected one.</summary>
internal enum UpgradeOutcome
{
    /// <summary>The deployed version is the repository's newest.</summary>
    Unchanged,

    /// <summary>The deployed version is newer than the repository's newest.</summary>
    Ahead,

    /// <summary>Another helm is at work on the release.</summary>
    Waiting,

    /// <summary>An abandoned operation was undone; there was nothing newer.</summary>
    Recovered,

    /// <summary>The newest version is deployed.</summary>
    Upgraded,

    /// <summary>There is no such release.</summary>
    NotInstalled,

    /// <summary>The release is one of another chart.</summary>
    Misconfigured,

    /// <summary>The repository could not be asked, or does not have the chart.</summary>
    Unfetched,

    /// <summary>The release could not be read.</summary>
    Unreachable,

    /// <summary>The upgrade failed and what was deployed before is deployed again, or still.</summary>
    RolledBack,

    /// <summary>An upgrade or a rollback failed and the release is in neither state.</summary>
    Broken,

    /// <summary>All attempts at the newest version failed; it is left alone until there is another.</summary>
    GaveUp,

    /// <summary>Only a person can say what is to be done with the release.</summary>
    Stuck,

    /// <summary>The chart is not signed by a key of the keyring.</summary>
    Unverified,
}
