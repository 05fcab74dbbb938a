using Tracebloc.Testing.Registry;

namespace Tracebloc.Security.Tests;

/// <summary>The images in an <see cref="AttackedWorld"/>'s registry: every other one of them is signed.</summary>
internal static class AttackedWorldDigests
{
    public const int Contents = 4;

    private static readonly string[] Names = ["manager", "ingestor"];

    public static IEnumerable<string> All => Names.SelectMany(name => Of(name, _ => true));

    /// <summary>The digest of one, which is the same in every registry.</summary>
    public static string Of(string name, int content) =>
        FakeManifest.Of(FakeManifest.OciIndex, $"{name}{content}").Digest;

    public static IEnumerable<string> Signed(string name) => Of(name, IsSigned);

    /// <summary>Pushes all of them; the tags end at a signed one.</summary>
    public static void Push(AttackScene scene)
    {
        foreach (var name in Names)
            for (var content = Contents - 1; content >= 0; content--)
                _ = IsSigned(content)
                    ? scene.PushSigned(name, $"{name}{content}")
                    : scene.Push(name, $"{name}{content}");
    }

    private static bool IsSigned(int content) => content % 2 == 0;

    private static IEnumerable<string> Of(string name, Func<int, bool> isWanted) =>
        Enumerable.Range(0, Contents).Where(isWanted).Select(content => Of(name, content));
}
