namespace Tracebloc.Security.Tests;

/// <summary>The images that an <see cref="AttackedWorld"/>'s registry has, every other one of them signed.</summary>
internal sealed class AttackedWorldDigests
{
    public const int Contents = 4;

    private readonly Dictionary<(string Name, int Content), string> _digests = [];

    public IEnumerable<string> All => _digests.Values;

    public string this[string name, int content] => _digests[(name, content)];

    public static bool IsSigned(int content) => content % 2 == 0;

    /// <summary>Pushes all of them; the tags end at a signed one.</summary>
    public static AttackedWorldDigests Push(AttackScene scene)
    {
        var digests = new AttackedWorldDigests();
        foreach (var name in (string[])["manager", "ingestor"])
            for (var content = Contents - 1; content >= 0; content--)
                digests._digests[(name, content)] = IsSigned(content)
                    ? scene.PushSigned(name, $"{name}{content}")
                    : scene.Push(name, $"{name}{content}");
        return digests;
    }

    public IEnumerable<string> Signed(string name) =>
        _digests.Where(pair => pair.Key.Name == name && IsSigned(pair.Key.Content)).Select(pair => pair.Value);
}
