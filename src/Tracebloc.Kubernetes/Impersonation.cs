using System.Net.Http.Headers;

namespace Tracebloc.Kubernetes;

/// <summary>Whom to act as (<c>as</c>, <c>as-uid</c> and <c>as-groups</c> of a kubeconfig user).</summary>
/// <param name="User">The user's name.</param>
/// <param name="Uid">The user's id, if it matters.</param>
/// <param name="Groups">The groups to act in.</param>
public sealed record Impersonation(string User, string? Uid, IReadOnlyList<string> Groups)
{
    internal void AddTo(HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("Impersonate-User", User);
        if (Uid is not null) headers.TryAddWithoutValidation("Impersonate-Uid", Uid);
        foreach (var group in Groups) headers.TryAddWithoutValidation("Impersonate-Group", group);
    }
}
