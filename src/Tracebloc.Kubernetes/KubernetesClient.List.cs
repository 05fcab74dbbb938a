using System.Text.Json.Serialization.Metadata;

namespace Tracebloc.Kubernetes;

public sealed partial class KubernetesClient
{
    /// <summary>Lists objects, all pages.</summary>
    /// <remarks>
    /// The deadline is each page's. When a page's place has been forgotten (410), the list begins anew.
    /// </remarks>
    /// <param name="type">Their type.</param>
    /// <param name="ns">Their namespace; null: all namespaces.</param>
    /// <param name="options">The selectors.</param>
    /// <param name="json">The type of a page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ResourceList<T>> ListAsync<T>(
        ResourceType type, string? ns, ListOptions options, JsonTypeInfo<ResourceList<T>> json,
        CancellationToken cancellationToken)
    {
        var page = await PageAsync(type, ns, options, null, json, cancellationToken);
        if (IsLast(page)) return page;

        var items = new List<T>(page.Items);
        var restarts = 0;
        while (!IsLast(page))
        {
            try
            {
                page = await PageAsync(type, ns, options, page.Metadata?.Continue, json, cancellationToken);
            }
            catch (KubernetesException e) when (e.IsGone && restarts++ < Requests.Options.MaxRetries)
            {
                items.Clear();
                page = await PageAsync(type, ns, options, null, json, cancellationToken);
            }

            items.AddRange(page.Items);
        }

        return page with { Items = items };
    }

    private Task<ResourceList<T>> PageAsync<T>(
        ResourceType type, string? ns, ListOptions options, string? after, JsonTypeInfo<ResourceList<T>> json,
        CancellationToken cancellationToken) =>
        Requests.SendAsync(
            new("list", HttpMethod.Get, type, ns)
            {
                Query = new QueryString().Add("labelSelector", options.LabelSelector)
                    .Add("fieldSelector", options.FieldSelector).Add("limit", options.PageSize).Add("continue", after),
            },
            json,
            cancellationToken);

    private static bool IsLast<T>(ResourceList<T> page) => string.IsNullOrEmpty(page.Metadata?.Continue);
}
