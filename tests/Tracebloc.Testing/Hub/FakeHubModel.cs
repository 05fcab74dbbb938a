namespace Tracebloc.Testing.Hub;

/// <summary>A model on the hub: its revisions, each with a commit and files.</summary>
/// <param name="Repository"><c>owner/model</c>.</param>
public sealed record FakeHubModel(string Repository)
{
    private readonly Dictionary<string, (string Commit, IReadOnlyList<FakeHubFile> Files)> _revisions = [];

    /// <summary>The token that may read it; null for a public model.</summary>
    public string? Token { get; init; }

    /// <summary>True refuses even the token: the terms are not accepted.</summary>
    public bool IsGated { get; init; }

    /// <summary>Adds a revision; the same name again moves it to another commit, and the old one stays.</summary>
    /// <param name="name">A branch, tag or reference.</param>
    /// <param name="commit">40 digits.</param>
    /// <param name="files">All files of the commit.</param>
    public FakeHubModel Commit(string name, string commit, params IReadOnlyList<FakeHubFile> files)
    {
        _revisions[name] = (commit, files);
        _revisions[commit] = (commit, files);
        return this;
    }

    public (string Commit, IReadOnlyList<FakeHubFile> Files)? Revision(string name) =>
        _revisions.TryGetValue(name, out var found) ? found : null;
}
