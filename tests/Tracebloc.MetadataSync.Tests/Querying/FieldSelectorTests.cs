using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Querying;

namespace Tracebloc.MetadataSync.Tests.Querying;

public sealed class FieldSelectorTests
{
    private static readonly Kind Model = KindTable.All.Single(kind => kind.Name == "Model");

    [Theory]
    [InlineData("", "")]
    [InlineData(",,", "")]
    [InlineData("a=b", "a = b")]
    [InlineData("a==b", "a = b")]
    [InlineData("a!=b", "a ! b")]
    [InlineData("a=", "a = ")]
    [InlineData("a=b,c!=d", "a = b; c ! d")]
    [InlineData(@"a=\,\=\\", @"a = ,=\")]
    [InlineData(@"a=x\,y,b=1", "a = x,y; b = 1")]
    [InlineData("a= b ", "a =  b ")]
    [InlineData("a='%_\0🐈", "a = '%_\0🐈")]
    public void The_grammar_is_that_of_Kubernetes(string text, string expected)
    {
        Assert.True(FieldSelectorReader.TryRead(text, out var selector, out var fault), $"{fault}");
        Assert.Equal(expected, string.Join("; ", selector.Terms.Select(
            term => $"{term.Field} {(term.IsNegative ? "!" : "=")} {term.Value}")));
    }

    [Theory]
    [InlineData("a", 1, "\"a\" has no operator; write =, == or !=")]
    [InlineData("a=b,c", 5, "\"c\" has no operator; write =, == or !=")]
    [InlineData("a=b=c", 4, @"the value holds a bare ""=""; write \=")]
    [InlineData(@"a=b\c", 4, @"the escape is none of \\, \, and \=")]
    [InlineData(@"a=b\", 4, @"the escape is none of \\, \, and \=")]
    public void A_fault_names_its_place(string text, int position, string message)
    {
        Assert.False(FieldSelectorReader.TryRead(text, out _, out var fault));
        Assert.Equal(new SelectorFault(position, message), fault);
    }

    [Fact]
    public void Values_are_never_part_of_the_SQL()
    {
        var filter = Filter("spec.algorithm=' OR 1=1 --".Replace("=1", @"\=1", StringComparison.Ordinal));

        Assert.Equal("o.`algorithm` = ? AND LENGTH(o.`algorithm`) = ?", filter.Text);
        Assert.Equal(["' OR 1=1 --", 11], filter.Values);
    }

    [Theory]
    [InlineData("spec.colour=red", "fieldSelector at character 1: there is no field \"spec.colour\"; the fields are "
        + "metadata.name, metadata.namespace, spec.sourcePipelineRun.namespace, ")]
    [InlineData("metadata.name=m,algorithm=x", "fieldSelector at character 17: there is no field \"algorithm\"")]
    [InlineData("metadata.creationTimestamp=x", "there is no field")]
    [InlineData("spec.revisionId=one", "spec.revisionId is a whole number, and \"one\" is none")]
    [InlineData("spec.revisionId=01", "spec.revisionId is a whole number, and \"01\" is none")]
    [InlineData("spec.revisionId= 1", "spec.revisionId is a whole number, and \" 1\" is none")]
    public void A_field_without_a_column_and_a_value_of_another_type_are_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<QueryException>(() => Filter(text)).Message);

    [Fact]
    public void An_empty_value_is_an_absent_field()
    {
        Assert.Equal("o.`revision_id` IS NULL", Filter("spec.revisionId=").Text);
        Assert.Equal("NOT (o.`revision_id` IS NULL)", Filter("spec.revisionId!=").Text);
    }

    private static SqlFilter Filter(string text) =>
        FieldFilter.Of(SelectorText.Fields(text), FieldSet.Of(Model));
}
