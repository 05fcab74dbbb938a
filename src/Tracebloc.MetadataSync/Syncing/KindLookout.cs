using Microsoft.Extensions.Logging;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>
/// Keeps the state of a kind's feed, and writes a line whenever it becomes another one; and once where the kind has
/// another scope than the configuration gives it.
/// </summary>
/// <param name="kind">The kind.</param>
/// <param name="logger">Receives the lines.</param>
internal sealed partial class KindLookout(Kind kind, ILogger logger)
{
    private volatile KindState _state;
    private bool _wasListed, _isOfOtherScope;

    public KindState State => _state;

    public void See(FeedEvent happened)
    {
        switch (happened)
        {
            case ObjectSeen seen:
                CheckScope(seen.Identity);
                break;
            case ObjectKnown known:
                CheckScope(known.Identity);
                break;
            case ListEnds:
                if (!_wasListed) LogListed(logger, kind.Name);
                (_state, _wasListed) = (KindState.Following, true);
                break;
            case FeedResumed:
                _state = _wasListed ? KindState.Following : KindState.Starting;
                LogResumed(logger, kind.Name);
                break;
            case FeedLost { Loss: FeedLoss.NotServed }:
                if (_state != KindState.NotInstalled)
                    LogNotInstalled(logger, kind.Name, kind.Type.ToString());
                _state = KindState.NotInstalled;
                break;
            // The server forgets, and the list that follows is a matter of course.
            case FeedLost { Loss: not FeedLoss.Expired } lost:
                LogLost(logger, kind.Name, lost.Error.Message);
                _state = KindState.Lost;
                break;
        }
    }

    private void CheckScope(ObjectIdentity one)
    {
        var isNamespaced = one.Namespace.Length > 0;
        if (_isOfOtherScope || isNamespaced == kind.IsNamespaced) return;
        _isOfOtherScope = true;
        LogScope(logger, kind.Name, isNamespaced ? "Namespaced" : "Cluster");
    }

    [LoggerMessage(825, LogLevel.Information, "{Kind} objects are listed, and their changes are followed")]
    private static partial void LogListed(ILogger logger, string kind);

    [LoggerMessage(826, LogLevel.Information, "{Kind} objects are followed again")]
    private static partial void LogResumed(ILogger logger, string kind);

    [LoggerMessage(827, LogLevel.Warning, "{Kind} waits for its CustomResourceDefinition {Type}")]
    private static partial void LogNotInstalled(ILogger logger, string kind, string type);

    [LoggerMessage(828, LogLevel.Warning, "{Kind} objects cannot be followed, and are tried again: {Cause}")]
    private static partial void LogLost(ILogger logger, string kind, string cause);

    [LoggerMessage(
        837, LogLevel.Warning, "{Kind} has scope {Scope} in the cluster and another one here: the query API does not "
            + "find all its objects; correct scope in kinds")]
    private static partial void LogScope(ILogger logger, string kind, string scope);
}
