using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Notifications.Webhook;
using Tracebloc.ImageRefresh.Records;

namespace Tracebloc.Security.Tests;

/// <summary>An event of an <see cref="AttackedWorld"/>.</summary>
internal abstract record Move
{
    /// <summary>A publisher moves a tag.</summary>
    public sealed record Push(string Name, int Content) : Move;

    /// <summary>New pods fail from now on, or run again.</summary>
    public sealed record Break(bool IsBroken) : Move;

    public sealed record Tick : Move;

    /// <summary>
    /// An annotation is written, or removed, just before or after a call of the next tick is carried out: before and
    /// after each of its reads and patches.
    /// </summary>
    public sealed record Strike(string Key, string? Value, int Call, bool IsAfter) : Move;
}

/// <summary>Writes any annotation, at any moment, in any order.</summary>
internal static class Adversary
{
    private const string Backdoor = "docker.io/attacker/backdoor:latest";

    private static readonly string[] Names = ["manager", "ingestor", "other"];

    /// <summary>Every annotation that the program reads: a new one is attacked without being named here.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        .. typeof(RefreshAnnotations)
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(string)
                && method.GetParameters() is [{ ParameterType: var type }] && type == typeof(string))
            .SelectMany(method => Names.Select(name => (string)method.Invoke(null, [name])!)),
        RefreshAnnotations.SkipStreak,
        Outbox.Annotation,
        Hold.Annotation,
    ];

    // What the choice of a digest, a container or a message goes by.
    private static IEnumerable<string> Levers =>
        from name in (string[])["manager", "ingestor"]
        from key in (Func<string, string>[])
        [
            RefreshAnnotations.Settled, RefreshAnnotations.Applied, RefreshAnnotations.Good, RefreshAnnotations.GaveUp,
            RefreshAnnotations.Quarantine, RefreshAnnotations.PinnedFrom, RefreshAnnotations.FailedAttempts,
            _ => Outbox.Annotation,
        ]
        select key(name);

    public static Arbitrary<Move[]> Histories()
    {
        var push = from name in Gen.Elements("manager", "ingestor")
                   from content in Gen.Choose(0, AttackedWorldDigests.Contents - 1)
                   select (Move)new Move.Push(name, content);
        // What a key is written as gets further than what it never holds.
        var strike = from key in Gen.OneOf(Gen.Elements<string>([.. Keys]), Gen.Elements<string>([.. Levers]))
                     from value in Gen.Frequency(
                         (3, Gen.Elements<string?>([.. Likely(key)])),
                         (1, Gen.Elements<string?>([.. Strange, .. AttackedWorldDigests.All])))
                     from call in Gen.Choose(1, 8)
                     from isAfter in Gen.Elements(true, false)
                     select (Move)new Move.Strike(key, value, call, isAfter);
        var other = Gen.Elements<Move>(new Move.Tick(), new Move.Tick(), new Move.Break(true), new Move.Break(false));
        return Gen.ArrayOf(Gen.Frequency((2, push), (6, strike), (4, other))).ToArbitrary();
    }

    private static IEnumerable<string?> Strange =>
    [
        null, "", "-1", "99999999999", "api", "side/PATH", Backdoor, "\r\nX-Injected: yes", "{", "[]", "null",
        new string('[', 10_000), new string('9', 10_000), "{\"notices\":[null]}", "8999-01-01T00:00:00.000Z",
    ];

    private static IEnumerable<string?> Likely(string key)
    {
        string[] all = [.. AttackedWorldDigests.All, "sha256:" + new string('f', 64)];
        return key.Split('-')[^1] switch
        {
            "from" => [null, "api", "side", $"api={Backdoor}", $"side={Backdoor}"],
            "quarantine" => [null, .. all.Select(digest => Quarantine(digest)), Quarantine(all)],
            "notices" => [null, Notices()],
            "undone" => [null, .. all.Select(digest => $"1 {digest}"), "2 -"],
            "refused" => [null, .. all.Select(digest => $"{digest} 3 {Now()}")],
            "attempts" or "failures" or "streak" => [null, "1", "2", "9"],
            "at" or "since" => [null, Now(), "1971-01-01T00:00:00.000Z", "8999-01-01T00:00:00.000Z"],
            "before" => [null, $"{Now()} docker.io"],
            "to" => [null, "api/DIGEST", "side/PATH", "api/PATH"],
            "error" or "hold" or "for" => [null, Backdoor],
            _ => [null, .. all],
        };
    }

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("o", CultureInfo.InvariantCulture);

    private static string Quarantine(params string[] digests) => new JsonArray(
        [.. digests.Select(digest => new JsonObject
        {
            ["digest"] = digest,
            ["at"] = Now(),
            ["reason"] = Backdoor,
            ["failures"] = 1,
            ["suspect"] = digest[^1] % 2 == 0,
        })]).ToJsonString();

    // As earlier versions wrote them, and as this one does.
    private static string Notices() => new JsonObject
    {
        ["notices"] = new JsonArray(
            [.. from id in (string[])["x\r\nX-Injected: yes", new string('a', 32), new string('b', 32)]
                from name in Names
                select new JsonObject
                {
                    ["id"] = id,
                    ["at"] = "2026-01-01T00:00:00+00:00",
                    ["happening"] = "refreshed",
                    ["namespace"] = "kube-system",
                    ["workload"] = "deployment/other",
                    ["name"] = name,
                    ["image"] = Backdoor,
                    ["message"] = "<!channel>",
                }]),
    }.ToJsonString();
}
