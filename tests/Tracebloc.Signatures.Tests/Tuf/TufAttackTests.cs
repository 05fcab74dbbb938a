using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Signatures.Tuf;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.Signatures.Tests.Tuf;

/// <summary>The attacks of TUF's specification (section 1.5.2), on a client that has read the target.</summary>
public sealed class TufAttackTests
{
    private static readonly Dictionary<string, (TufFault Fault, Action<TufScene> Attack)> Attacks = new()
    {
        ["an older timestamp"] = (TufFault.RolledBack, scene =>
        {
            scene.Repository.Versions["timestamp"] = 1;
            scene.Repository.PublishTimestamp();
        }
        ),
        ["an older snapshot under a newer timestamp"] = (TufFault.RolledBack, scene =>
        {
            scene.Repository.Versions["snapshot"] = 0;
            scene.Repository.PublishSnapshot();
        }
        ),
        ["older targets under a newer snapshot"] = (TufFault.RolledBack, scene =>
        {
            scene.Repository.Versions["targets"] = 0;
            scene.Repository.Publish(TufClient.TrustedRoot, "older");
        }
        ),
        ["a timestamp that is never renewed"] = (TufFault.Expired, scene => scene.Time.Advance(TimeSpan.FromDays(11))),
        ["expired targets"] = (TufFault.Expired, scene =>
        {
            scene.Repository.Change = (role, signed) => Expire(role == "targets", signed);
            scene.Repository.Publish(TufClient.TrustedRoot, "expired");
        }
        ),
        ["an expired snapshot"] = (TufFault.Expired, scene =>
        {
            scene.Repository.Change = (role, signed) => Expire(role == "snapshot", signed);
            scene.Repository.PublishSnapshot();
        }
        ),
        ["an expired root"] = (TufFault.Expired, scene =>
        {
            scene.Repository.Change = (role, signed) => Expire(role == "root", signed);
            scene.Repository.PublishRoot();
        }
        ),
        ["a snapshot of other targets"] = (TufFault.Mismatch, scene =>
        {
            var former = scene.Repository.Files["2.snapshot.json"];
            scene.Repository.Publish(TufClient.TrustedRoot, "mixed");
            scene.Repository.Files["3.snapshot.json"] = former;
        }
        ),
        ["targets of another snapshot"] = (TufFault.Mismatch, scene =>
        {
            var former = scene.Repository.Files["2.targets.json"];
            scene.Repository.Publish(TufClient.TrustedRoot, "mixed");
            scene.Repository.Files["3.targets.json"] = former;
        }
        ),
        ["a root of too few old keys"] = (TufFault.BelowThreshold, scene =>
        {
            var former = scene.Repository.Keys["root"];
            scene.Repository.Keys["root"] = [TestTufKey.Ecdsa(), TestTufKey.Ecdsa()];
            scene.Repository.PublishRoot(former[0]);
        }
        ),
        ["a root of too few new keys"] = (TufFault.BelowThreshold, scene =>
        {
            var former = scene.Repository.Keys["root"];
            scene.Repository.Keys["root"] = [TestTufKey.Ecdsa(), TestTufKey.Ecdsa()];
            scene.Repository.Signers["root"] = [.. former, scene.Repository.Keys["root"][0]];
            scene.Repository.PublishRoot();
        }
        ),
        ["a root that one key signed twice"] = (TufFault.BelowThreshold, scene =>
        {
            var key = scene.Repository.Keys["root"][0];
            scene.Repository.Signers["root"] = [key, key];
            scene.Repository.PublishRoot();
        }
        ),
        ["a root out of order"] = (TufFault.Malformed, scene =>
        {
            scene.Repository.Change = (_, signed) => signed["version"] = 7;
            scene.Repository.PublishRoot();
        }
        ),
        ["a timestamp by a stranger"] = (TufFault.BelowThreshold, scene =>
        {
            scene.Repository.Signers["timestamp"] = [TestTufKey.Ecdsa()];
            scene.Repository.PublishTimestamp();
        }
        ),
        ["targets by a stranger"] = (TufFault.BelowThreshold, scene =>
        {
            scene.Repository.Signers["targets"] = [TestTufKey.Ecdsa()];
            scene.Repository.Publish(TufClient.TrustedRoot, "strange");
        }
        ),
        ["a snapshot in place of a timestamp"] = (TufFault.Malformed, scene =>
            scene.Repository.Files["timestamp.json"] = scene.Repository.Files["2.snapshot.json"]),
        ["a changed timestamp"] = (TufFault.BelowThreshold, scene => Replace(scene, "timestamp.json", ":3,", ":4,")),
        ["an endless timestamp"] = (TufFault.Malformed, scene =>
            scene.Repository.Files["timestamp.json"] = new byte[1 << 20]),
        ["an endless root"] = (TufFault.Malformed, scene => scene.Repository.Files["2.root.json"] = new byte[1 << 20]),
        ["another target of the same length"] = (TufFault.Mismatch, scene =>
            Target(scene, content => Encoding.UTF8.GetBytes(new string('x', content.Length)))),
        ["a shorter target"] = (TufFault.Mismatch, scene => Target(scene, content => content[..^1])),
        ["a longer target"] = (TufFault.Malformed, scene => Target(scene, content => [.. content, 0])),
        ["a fraction for a version"] = (TufFault.Malformed, scene =>
            Replace(scene, "timestamp.json", "\"version\":", "\"version\":1.")),
        ["no JSON"] = (TufFault.Malformed, scene => scene.Repository.Files["timestamp.json"] = "<html>"u8.ToArray()),
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_attack_is_refused(string name)
    {
        await using var scene = await TufScene.StartAsync();
        scene.Repository.Publish(TufClient.TrustedRoot, "second");
        scene.Repository.PublishTimestamp();
        Assert.Equal("second", await scene.ReadAsync());
        var (fault, attack) = Attacks[name];

        attack(scene);
        var found = await scene.FaultAsync();

        Assert.Equal((name, fault), (name, found.Fault));
        Assert.False(found.IsTransient, found.Message);
    }

    [Fact]
    public async Task An_unchanged_repository_is_read_again()
    {
        await using var scene = await TufScene.StartAsync();
        await scene.ReadAsync();

        Assert.Equal("first", await scene.ReadAsync());
    }

    private static void Expire(bool expires, JsonObject signed)
    {
        if (expires) signed["expires"] = "2020-01-01T00:00:00Z";
    }

    private static void Replace(TufScene scene, string file, string text, string other)
    {
        var content = Encoding.UTF8.GetString(scene.Repository.Files[file]);
        var changed = content.Replace(text, other, StringComparison.Ordinal);
        Assert.NotEqual(content, changed);
        scene.Repository.Files[file] = Encoding.UTF8.GetBytes(changed);
    }

    // The cached target is of no use for a new one.
    private static void Target(TufScene scene, Func<byte[], byte[]> change)
    {
        scene.Repository.Publish(TufClient.TrustedRoot, "a target");
        var (path, content) = scene.Repository.Files.Single(file =>
            file.Key.StartsWith("targets/", StringComparison.Ordinal)
                && Encoding.UTF8.GetString(file.Value) == "a target");
        scene.Repository.Files[path] = change(content);
    }
}
