using System.Net.Http.Headers;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>Whom to act as (<c>as</c>, <c>as-uid</c> and <c>as-groups</c> of a kubeconfig user).</summary>
/// <remarks>
/// One group at most: .NET joins the values of a header by commas, which the API server takes for one name.
/// </remarks>
/// <param name="User">The user's name.</param>
/// <param name="Uid">The user's id, if it matters.</param>
/// <param name="Group">The group to act in, if it matters.</param>
public sealed record Impersonation(string User, string? Uid = null, string? Group = null)
{
    internal void AddTo(HttpRequestHeaders headers)
    {
        HeaderText.Add(headers, "Impersonate-User", User);
        if (Uid is not null) HeaderText.Add(headers, "Impersonate-Uid", Uid);
        if (Group is not null) HeaderText.Add(headers, "Impersonate-Group", Group);
    }
}
