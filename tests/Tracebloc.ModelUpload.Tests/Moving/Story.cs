namespace Tracebloc.ModelUpload.Tests.Moving;

/// <summary>The calls of a run in their order, one of which may fail.</summary>
internal sealed class Story
{
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];

    /// <summary>The call that fails; null for none.</summary>
    public string? Fails { get; init; }

    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
                return [.. _calls];
        }
    }

    public void Tell(string call)
    {
        lock (_lock)
            _calls.Add(call);
        if (call == Fails)
            throw new UploadException(UploadExit.Destination, $"{call} failed");
    }
}
