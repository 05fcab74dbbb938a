using System.Text.Json;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>An open watch.</summary>
internal sealed class FeedStream(KubernetesRequest request, Stream body, RequestSender requests) : IDisposable
{
    private readonly LineReader _lines = new(body, requests.Options.MaxResponseBytes, cutsLong: true);
    private readonly long _opened = requests.Time.GetTimestamp();

    /// <summary>The time since it was opened.</summary>
    internal TimeSpan Age => requests.Time.GetElapsedTime(_opened);

    /// <summary>The next event; null when the server ended the watch.</summary>
    /// <param name="silence">The connection is dead, or the server at fault, when nothing comes for this long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException">The connection broke, or the server reports an error.</exception>
    internal async ValueTask<FeedFrame?> ReadAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        if (!_lines.TryTake(out var line))
        {
            if (await requests.ReadAsync(request, silence, _lines.ReadAsync, cancellationToken) is not { } read)
                return null;
            line = read;
        }

        return _lines.IsCut ? Cut(line) : Parse(line);
    }

    public void Dispose() => body.Dispose();

    private FeedFrame Cut(ReadOnlyMemory<byte> line)
    {
        var identity = ObjectBytes.Identity(WatchFrame.Beginning(line).Span);
        var fault = new ObjectFault(identity, $"the event is longer than {requests.Options.MaxResponseBytes} bytes");
        return new("", default, identity?.ResourceVersion) { Fault = fault };
    }

    private FeedFrame Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            var frame = WatchFrame.Parse(line);
            return frame.Type == "ERROR" ? throw Error(frame)
                : new(frame.Type, frame.Object, frame.ResourceVersion);
        }
        catch (JsonException e)
        {
            throw KubernetesError.Unreadable(request, "an event cannot be read", e);
        }
    }

    private KubernetesException Error(WatchFrame frame)
    {
        var status = JsonSerializer.Deserialize(frame.Object.Span, KubernetesJson.Default.V1Status) ?? new V1Status();
        return KubernetesError.FromStatus(request, status.Code ?? 500, status, "the credentials");
    }
}

/// <summary>One event of a watch.</summary>
/// <param name="Type">The server's word for it.</param>
/// <param name="Object">The object, valid until the next event is read.</param>
/// <param name="ResourceVersion">The version of the object; null when it has none.</param>
internal readonly record struct FeedFrame(string Type, ReadOnlyMemory<byte> Object, string? ResourceVersion)
{
    /// <summary>The reason for which there is no object; null where there is one.</summary>
    internal ObjectFault? Fault { get; init; }

    internal bool IsBookmark => Type == "BOOKMARK";

    /// <summary>The event for the reader of the feed.</summary>
    /// <param name="added">The meaning of ADDED: part of a list, or new.</param>
    internal FeedEvent ToEvent(SeenHow added)
    {
        if (Fault is not null) return Fault;
        var identity = ObjectBytes.Identity(Object.Span);
        if (identity is null) return new ObjectFault(null, "an event is of an object without a name or uid");
        return Type switch
        {
            "ADDED" => new ObjectSeen(identity, Object.ToArray(), added),
            "MODIFIED" => new ObjectSeen(identity, Object.ToArray(), SeenHow.Modified),
            "DELETED" => new ObjectGone(identity, Object.ToArray()),
            _ => new ObjectFault(identity, $"the event is of the unknown type '{Line.Of(Type, 64)}'"),
        };
    }
}
