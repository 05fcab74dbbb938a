namespace Tracebloc.ModelUpload.Registering;

/// <summary>The problems and warnings of the checks before a transfer, thrown all at once.</summary>
internal sealed class RegistryFindings(IReadOnlyList<string> usage)
{
    private readonly List<string> _problems = [];
    private bool _isTransient = true;

    public List<string> Warnings { get; } = [];

    /// <summary>True while nothing was found.</summary>
    public bool IsEmpty => usage.Count == 0 && _problems.Count == 0;

    public void Add(string problem)
    {
        _problems.Add(problem);
        _isTransient = false;
    }

    /// <summary>The result of a call; null where it failed, which is a problem.</summary>
    public async Task<RegistryEntry?> ReadAsync(
        Task<RegistryEntry?> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call.WaitAsync(cancellationToken);
        }
        catch (UploadException e)
        {
            _problems.Add(e.Message);
            _isTransient &= e.IsTransient;
            return null;
        }
    }

    /// <exception cref="UploadException">There are problems.</exception>
    public void ThrowIfAny()
    {
        if (IsEmpty)
            return;
        string[] all = [.. usage, .. _problems];
        throw new UploadException(
            _problems.Count == 0 ? UploadExit.Usage : UploadExit.Registry,
            all.Length == 1 ? all[0] : $"{all.Length} problems: {string.Join("; ", all)}")
        {
            IsTransient = usage.Count == 0 && _isTransient,
        };
    }
}
