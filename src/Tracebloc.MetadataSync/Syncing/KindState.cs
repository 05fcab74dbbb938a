namespace Tracebloc.MetadataSync.Syncing;

/// <summary>The state of a kind's feed.</summary>
internal enum KindState
{
    /// <summary>Its objects have not been listed yet.</summary>
    Starting,

    /// <summary>Its objects were listed, and changes are followed.</summary>
    Following,

    /// <summary>The cluster has no such kind, or no longer: its CustomResourceDefinition is waited for.</summary>
    NotInstalled,

    /// <summary>The API server cannot be reached, or refuses: it is tried again.</summary>
    Lost,
}
