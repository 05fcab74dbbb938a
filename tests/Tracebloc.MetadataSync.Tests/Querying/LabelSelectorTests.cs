using Tracebloc.MetadataSync.Querying;

namespace Tracebloc.MetadataSync.Tests.Querying;

public sealed class LabelSelectorTests
{
    // The cases of apimachinery's selector_test.go among them.
    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("x", "x exists")]
    [InlineData("!x", "x absent")]
    [InlineData(" ! x ", "x absent")]
    [InlineData("x=a,y=b,z=c", "x in a; y in b; z in c")]
    [InlineData("x!=a,y=b", "x notin a; y in b")]
    [InlineData("x==a", "x in a")]
    [InlineData("x = a , y==\tb", "x in a; y in b")]
    [InlineData("x=", "x in <empty>")]
    [InlineData("x= ", "x in <empty>")]
    [InlineData("x=,z= ", "x in <empty>; z in <empty>")]
    [InlineData("x= ,z= ", "x in <empty>; z in <empty>")]
    [InlineData("x!=", "x notin <empty>")]
    [InlineData("x in (a)", "x in a")]
    [InlineData("x in (a,b,c)", "x in a b c")]
    [InlineData("x in ( a , b )", "x in a b")]
    [InlineData("x in(a,a)", "x in a")]
    [InlineData("x in (,)", "x in <empty>")]
    [InlineData("x in (,a)", "x in <empty> a")]
    [InlineData("x in (a,)", "x in a <empty>")]
    [InlineData("x in (a,,b)", "x in a <empty> b")]
    [InlineData("x notin (a,b)", "x notin a b")]
    [InlineData("x notin(a,b),y", "x notin a b; y exists")]
    [InlineData("x,!y,z in (a)", "x exists; y absent; z in a")]
    [InlineData("x>1", "x greater 1")]
    [InlineData("x < 7,z", "x less 7; z exists")]
    [InlineData("in", "in exists")]
    [InlineData("in in (in,notin)", "in in in notin")]
    [InlineData("notin notin (in)", "notin notin in")]
    [InlineData("!notin", "notin absent")]
    [InlineData("x=in", "x in in")]
    [InlineData("app.kubernetes.io/name=a.b_c-D", "app.kubernetes.io/name in a.b_c-D")]
    public void The_grammar_is_that_of_Kubernetes(string text, string expected)
    {
        Assert.True(LabelSelectorReader.TryRead(text, out var selector, out var fault), $"{fault}");
        Assert.Equal(expected, string.Join("; ", selector.Requirements.Select(Text)));
    }

    [Theory]
    [InlineData("x=a||y=b", 3, "\"a||y\" is not the value of a label")]
    [InlineData("x==a==b", 5, "found \"==\", expected a comma or the end")]
    [InlineData("x=a=b", 4, "found \"=\", expected a comma or the end")]
    [InlineData("!x=a", 3, "found \"=\", expected a comma or the end")]
    [InlineData("!x!=a", 3, "found \"!=\", expected a comma or the end")]
    [InlineData("x==!", 4, "found \"!\", expected a value")]
    [InlineData(",x", 1, "found \",\", expected a key")]
    [InlineData("x,", 3, "found the end, expected a key after the comma")]
    [InlineData("x,,y", 3, "found \",\", expected a key after the comma")]
    [InlineData("!", 2, "found the end, expected a key")]
    [InlineData("=a", 1, "found \"=\", expected a key")]
    [InlineData("x in", 5, "found the end, expected \"(\"")]
    [InlineData("x in a", 6, "found \"a\", expected \"(\"")]
    [InlineData("x in ()", 7, "the set of values is empty; name one value or more")]
    [InlineData("x in (a", 8, "found the end, expected \",\" or \")\"")]
    [InlineData("x in (a b)", 9, "found \"b\", expected \",\" or \")\"")]
    [InlineData("x notin (a", 11, "found the end, expected \",\" or \")\"")]
    [InlineData("x like (a)", 3, "found \"like\", expected =, ==, !=, <, >, in or notin")]
    [InlineData("x (a)", 3, "found \"(\", expected =, ==, !=, <, >, in or notin")]
    [InlineData("x>a", 3, "\"a\" is not a whole number, which < and > compare with")]
    [InlineData("x>", 3, "\"\" is not a whole number, which < and > compare with")]
    [InlineData("x<-1", 3, "\"-1\" is not a whole number, which < and > compare with")]
    [InlineData(
        "x>9223372036854775808", 3, "\"9223372036854775808\" is not a whole number, which < and > compare with")]
    [InlineData("a'b=c", 1, "\"a'b\" is not the key of a label")]
    [InlineData("a/b/c", 1, "\"a/b/c\" is not the key of a label")]
    [InlineData("/b", 1, "\"/b\" is not the key of a label")]
    [InlineData("UPPER/b", 1, "\"UPPER/b\" is not the key of a label")]
    [InlineData("x=%", 3, "\"%\" is not the value of a label")]
    [InlineData("x=a\\", 3, "\"a\\\" is not the value of a label")]
    [InlineData("x=\0", 3, "\"\0\" is not the value of a label")]
    [InlineData("x=🐈", 3, "\"🐈\" is not the value of a label")]
    [InlineData("x in (a,'; --)", 9, "\"';\" is not the value of a label")]
    public void A_fault_names_its_place(string text, int position, string message)
    {
        Assert.False(LabelSelectorReader.TryRead(text, out _, out var fault));
        Assert.Equal(new SelectorFault(position, message), fault);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Keys_and_values_have_63_characters(int length, bool isGood)
    {
        var text = new string('a', length);

        Assert.Equal(isGood, LabelSelectorReader.TryRead($"x={text}", out _, out _));
        Assert.Equal(isGood, LabelSelectorReader.TryRead($"prefix/{text}", out _, out _));
    }

    private static string Text(LabelRequirement requirement)
    {
        var values = requirement.Values.Select(value => $" {(value.Length == 0 ? "<empty>" : value)}");
        return $"{requirement.Key} {requirement.Operator}".ToLowerInvariant().Replace(
            requirement.Key.ToLowerInvariant(), requirement.Key, StringComparison.Ordinal) + string.Concat(values);
    }
}
