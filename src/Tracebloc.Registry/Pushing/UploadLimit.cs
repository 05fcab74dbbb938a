namespace Tracebloc.Registry.Pushing;

/// <summary>The largest body that a registry, or a proxy before it, takes. Safe for concurrent use.</summary>
internal sealed class UploadLimit
{
    private long _body = long.MaxValue;

    public long Body => Volatile.Read(ref _body);

    public void Refused(long bytes) => Volatile.Write(ref _body, Math.Min(Body, bytes / 2));
}
