using Microsoft.Extensions.Logging;
using Tracebloc.Kubernetes;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>Keeps the state of a kind's feed, and writes a line whenever it becomes another one.</summary>
internal sealed partial class KindLookout(KindParts parts)
{
    private volatile KindState _state;
    private bool _wasListed;

    public KindState State => _state;

    public void See(FeedEvent happened)
    {
        switch (happened)
        {
            case ListEnds:
                if (!_wasListed) LogListed(parts.Logger, parts.Kind.Name);
                (_state, _wasListed) = (KindState.Following, true);
                break;
            case FeedResumed:
                _state = _wasListed ? KindState.Following : KindState.Starting;
                LogResumed(parts.Logger, parts.Kind.Name);
                break;
            case FeedLost { Loss: FeedLoss.NotServed }:
                if (_state != KindState.NotInstalled)
                    LogNotInstalled(parts.Logger, parts.Kind.Name, parts.Kind.Type.ToString());
                _state = KindState.NotInstalled;
                break;
            // The server forgets, and the list that follows is a matter of course.
            case FeedLost { Loss: not FeedLoss.Expired } lost:
                LogLost(parts.Logger, parts.Kind.Name, lost.Error.Message);
                _state = KindState.Lost;
                break;
        }
    }

    [LoggerMessage(825, LogLevel.Information, "{Kind} objects are listed, and their changes are followed")]
    private static partial void LogListed(ILogger logger, string kind);

    [LoggerMessage(826, LogLevel.Information, "{Kind} objects are followed again")]
    private static partial void LogResumed(ILogger logger, string kind);

    [LoggerMessage(827, LogLevel.Warning, "{Kind} waits for its CustomResourceDefinition {Type}")]
    private static partial void LogNotInstalled(ILogger logger, string kind, string type);

    [LoggerMessage(828, LogLevel.Warning, "{Kind} objects cannot be followed, and are tried again: {Cause}")]
    private static partial void LogLost(ILogger logger, string kind, string cause);
}
