using System.Text.Json.Nodes;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>
/// A user of a cluster, and a model of the rows: an object that is there has an equal row, one that was marked is
/// evicted, one that was deleted is marked as deleted, and nothing else has a row.
/// </summary>
internal sealed class GadgetLives(SyncScene scene)
{
    private const string Foreign = "example.com/other";

    private readonly Dictionary<string, GadgetLife> _lives = [];
    private readonly List<string> _log = [];
    private int _size;

    /// <summary>The calls of the user, in order.</summary>
    public string Log => string.Join("; ", _log);

    private Gadgets Gadgets => scene.Gadgets;

    /// <summary>Adds a line between those of the calls.</summary>
    public void Note(string line) => _log.Add(line);

    /// <param name="name">Its name.</param>
    /// <param name="isHeld">True: another controller's finalizer holds it.</param>
    /// <param name="token">Ends the call.</param>
    public Task CreateAsync(string name, bool isHeld, CancellationToken token)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (isHeld) metadata["finalizers"] = new JsonArray(Foreign);
        return SeeAsync($"create {name}{(isHeld ? " held" : "")}", Gadgets.CreateAsync(
            new JsonObject
            {
                ["apiVersion"] = Gadgets.Kind.GroupVersion,
                ["kind"] = Gadgets.Kind.Name,
                ["metadata"] = metadata,
                ["spec"] = new JsonObject { ["colour"] = "red", ["size"] = ++_size },
            },
            token));
    }

    public Task EditAsync(string name, CancellationToken token) => SeeAsync(
        $"edit {name}",
        Gadgets.PatchAsync(name, new JsonObject { ["spec"] = new JsonObject { ["size"] = ++_size } }, token));

    public Task LabelAsync(string name, CancellationToken token) => SeeAsync(
        $"label {name}",
        Gadgets.PatchAsync(
            name,
            new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["labels"] = new JsonObject { [$"team-{_size % 3}"] = $"a{++_size}" },
                    ["annotations"] = new JsonObject { ["note"] = $"it's {_size}" },
                },
            },
            token));

    /// <summary>Sets an annotation to <c>true</c>, or removes it.</summary>
    public Task MarkAsync(string name, string annotation, bool isMarked, CancellationToken token) => SeeAsync(
        $"{(isMarked ? "mark" : "unmark")} {name} {annotation}",
        Gadgets.PatchAsync(
            name,
            Gadgets.Of("annotations", new JsonObject { [annotation] = isMarked ? Marks.True : null }),
            token));

    /// <summary>Adds another controller's finalizer, or removes it.</summary>
    public Task HoldAsync(string name, bool isHeld, CancellationToken token) => FinalizeAsync(
        $"{(isHeld ? "hold" : "free")} {name}",
        name,
        finalizers => [.. finalizers.Where(each => each != Foreign), .. isHeld ? (string[])[Foreign] : []],
        token);

    public Task DeleteAsync(string name, CancellationToken token) =>
        DeletedAsync($"delete {name}", name, () => Gadgets.DeleteAsync(name, token));

    /// <summary>Deletes it whatever finalizers it has: if nothing follows it then, nothing sees its end.</summary>
    public async Task ForceAsync(string name, CancellationToken token)
    {
        await FinalizeAsync($"strip {name}", name, _ => [], token);
        await DeleteAsync(name, token);
    }

    public async Task DeleteAllAsync(CancellationToken token)
    {
        foreach (var gadget in await Gadgets.DeleteAllAsync(token))
            _lives[UidOf(gadget)].IsDeleted = true;
        Note("delete all");
    }

    /// <summary>Waits until rows and objects are as the model has them, and nothing is left to do.</summary>
    public Task SettleAsync(CancellationToken token)
    {
        var last = "nothing was compared";
        return SyncScene.UntilAsync(
            async current =>
            {
                for (var look = 0; look < 2; look++)
                {
                    if (!await IsQuietAsync(current)) return false;
                    if (await DifferenceAsync(current) is not { } difference) continue;
                    last = difference;
                    return false;
                }

                return true;
            },
            () => $"{last}\n{Log}",
            token);
    }

    private async Task<bool> IsQuietAsync(CancellationToken token)
    {
        foreach (var replica in scene.Replicas)
            if (await replica.IsQuietAsync(token))
                return true;
        return false;
    }

    private async Task<string?> DifferenceAsync(CancellationToken token)
    {
        var gadgets = (await Gadgets.ListAsync(token)).ToDictionary(UidOf);
        var rows = await StoredGadget.ReadAsync(scene, token);
        return rows.Keys.FirstOrDefault(uid => !_lives.ContainsKey(uid)) is { } stranger
            ? $"a row has uid {stranger}, which no object had"
            : _lives.Select(life => (
                    Uid: life.Key,
                    Wrong: life.Value.Wrong(gadgets.GetValueOrDefault(life.Key), rows.GetValueOrDefault(life.Key))))
                .Where(each => each.Wrong is not null)
                .Select(each => $"{each.Uid} {each.Wrong}")
                .FirstOrDefault();
    }

    private async Task FinalizeAsync(
        string note, string name, Func<IEnumerable<string>, string[]> change, CancellationToken token)
    {
        // Another one's change in between is a conflict, and the object is read again.
        while (await Gadgets.FindAsync(name, token) is { } found)
        {
            string[] finalizers = [.. (found["metadata"]!["finalizers"]?.AsArray() ?? []).Select(each => $"{each}")];
            var changed = change(finalizers);
            // Kubernetes takes no new finalizer of an object that is leaving.
            if (GadgetLife.IsLeaving(found) && changed.Length > finalizers.Length) return;
            var patch = Gadgets.Of("finalizers", new JsonArray([.. changed.Select(each => JsonValue.Create(each))]));
            patch["metadata"]!["resourceVersion"] = (string?)found["metadata"]!["resourceVersion"];
            See(found);
            if (await SeeAsync(note, Gadgets.PatchAsync(name, patch, token))) return;
        }
    }

    // The answer is the object, or a status where it is gone already.
    private async Task DeletedAsync(string note, string name, Func<Task<JsonObject?>> delete)
    {
        var answer = await delete();
        Note($"{note}{(answer is null ? " -" : "")}");
        if (answer is null) return;
        var uid = answer["metadata"]?["uid"] is null ? (string?)answer["details"]?["uid"] ?? "" : UidOf(answer);
        Assert.True(_lives.TryGetValue(uid, out var life), $"{name} has an unknown uid: {answer.ToJsonString()}");
        life.IsDeleted = true;
        if (answer["metadata"]?["uid"] is not null) life.See(answer);
    }

    private async Task<bool> SeeAsync(string note, Task<JsonObject?> call)
    {
        var answer = await call;
        Note($"{note}{(answer is null ? " -" : $" @{answer["metadata"]!["resourceVersion"]}")}");
        if (answer is not null) See(answer);
        return answer is not null;
    }

    private void See(JsonObject gadget)
    {
        if (!_lives.TryGetValue(UidOf(gadget), out var life)) _lives[UidOf(gadget)] = life = new GadgetLife();
        life.See(gadget);
    }

    private static string UidOf(JsonObject gadget) => (string?)gadget["metadata"]!["uid"] ?? "";
}
