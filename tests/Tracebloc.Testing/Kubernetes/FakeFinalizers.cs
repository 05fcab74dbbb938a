using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The rules of objects that are being deleted.</summary>
internal static class FakeFinalizers
{
    /// <summary>A write cannot ask for the deletion, nor take it back, nor delay it by new finalizers.</summary>
    internal static void Check(FakeObject before, JsonObject body)
    {
        if (body["metadata"] is not JsonObject metadata) return;
        foreach (var name in (string[])["deletionTimestamp", "deletionGracePeriodSeconds"])
        {
            if (before.Body["metadata"]?[name] is { } kept) metadata[name] = kept.DeepClone();
            else metadata.Remove(name);
        }

        if (!before.IsDeleting || FakeObject.FinalizersOf(body).Except(before.Finalizers).ToList() is not [_, ..] news)
            return;
        throw FakeStatusException.Invalid(before.Type, before.Name, "metadata.finalizers",
            "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers "
            + $"[]string{{{string.Join(", ", news.Select(each => $"\"{each}\""))}}}");
    }

    /// <summary>The write removes the last finalizer of an object that is being deleted.</summary>
    internal static bool AreDone(FakeObject before, JsonObject body) =>
        before is { IsDeleting: true, Finalizers.Count: > 0 } && FakeObject.FinalizersOf(body) is [];
}
