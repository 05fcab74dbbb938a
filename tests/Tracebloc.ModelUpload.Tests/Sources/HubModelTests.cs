using Tracebloc.ModelUpload.Sources;

namespace Tracebloc.ModelUpload.Tests.Sources;

public sealed class HubModelTests
{
    [Theory]
    [InlineData("hf://owner/model", "owner/model", "main")]
    [InlineData("hf://owner/model:v1.0", "owner/model", "v1.0")]
    [InlineData("hf://owner/model:refs/pr/1", "owner/model", "refs/pr/1")]
    [InlineData("HF://owner/model", "owner/model", "main")]
    [InlineData("hf://gpt2", "gpt2", "main")]
    [InlineData("hf://gpt2:e7da7f2", "gpt2", "e7da7f2")]
    public void An_address_names_a_repository_and_a_revision(string address, string repository, string revision)
    {
        Assert.True(HubModel.TryParse(address, out var model, out _));
        Assert.Equal(new HubModel(repository, revision), model);
        Assert.True(HubModel.TryParse(model.ToString(), out var again, out _));
        Assert.Equal(model, again);
    }

    [Theory]
    [InlineData("hf://")]
    [InlineData("hf:/owner/model")]
    [InlineData("hf://owner/")]
    [InlineData("hf:///model")]
    [InlineData("hf://a/b/c")]
    [InlineData("hf://owner/../model")]
    [InlineData("hf://owner/mo del")]
    [InlineData("hf://owner/model?x=1")]
    [InlineData("hf://owner/model/")]
    [InlineData("hf://owner/-model")]
    public void Anything_else_is_refused_with_the_form(string address)
    {
        Assert.False(HubModel.TryParse(address, out _, out var fault));
        Assert.Equal("is not hf://owner/model or hf://owner/model:revision", fault);
    }

    [Theory]
    [InlineData("hf://owner/model:")]
    [InlineData("hf://owner/model:a b")]
    [InlineData("hf://user:pass@host/model")]
    [InlineData("hf://owner/model:../x")]
    [InlineData("hf://owner/model:a:b")]
    public void A_revision_that_Git_does_not_take_is_refused(string address)
    {
        Assert.False(HubModel.TryParse(address, out _, out var fault));
        Assert.Equal("has no revision behind its colon, or one that Git does not take", fault);
    }

    [Theory]
    [InlineData("<https://h/t?cursor=2>; rel=\"next\"", "https://h/t?cursor=2")]
    [InlineData("<https://h/a>; rel=\"prev\", </t?cursor=3>; title=x; rel=next", "https://h/t?cursor=3")]
    [InlineData("<https://h/a>; rel=\"last\"", null)]
    [InlineData("nonsense", null)]
    [InlineData(null, null)]
    public void The_next_page_is_the_link_of_that_relation(string? header, string? next) =>
        Assert.Equal(next, HubLink.NextOf(new Uri("https://h/t"), header)?.ToString());
}
