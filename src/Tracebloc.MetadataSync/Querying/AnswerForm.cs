using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>The forms that a client may accept for objects.</summary>
internal enum AnswerForm
{
    /// <summary>The objects.</summary>
    Objects,

    /// <summary>Columns, as kubectl prints them.</summary>
    Table,

    /// <summary>The metadata of the objects alone.</summary>
    Metadata,
}

/// <summary>The choice among the forms.</summary>
internal static class AnswerForms
{
    private const string Group = "meta.k8s.io";

    /// <summary>The first form that the client names and this server has.</summary>
    /// <exception cref="QueryException">There is none among them.</exception>
    public static AnswerForm Of(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0
            ? AnswerForm.Objects
            : accepted.Select(Of).FirstOrDefault(form => form is not null) ?? throw new QueryException(
                StatusCodes.Status406NotAcceptable,
                "NotAcceptable",
                "no accepted media type is known; the types are application/json, and application/json;as=Table;v=v1;"
                + $"g={Group}");
    }

    private static AnswerForm? Of(MediaTypeHeaderValue type)
    {
        if (type.MediaType.Value is not ("application/json" or "application/*" or "*/*")) return null;
        var form = Parameter(type, "as");
        if (form is null) return AnswerForm.Objects;
        if ((Parameter(type, "g"), Parameter(type, "v")) is not (Group, "v1")) return null;
        return form switch
        {
            "Table" => AnswerForm.Table,
            "PartialObjectMetadata" or "PartialObjectMetadataList" => AnswerForm.Metadata,
            _ => null,
        };
    }

    private static string? Parameter(MediaTypeHeaderValue type, string name) =>
        type.Parameters.FirstOrDefault(each => each.Name == name)?.Value.Value;
}
