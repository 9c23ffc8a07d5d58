using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Agents.Controller.Application;

/// <summary>Which part of a list is asked for. A token names the last element that was given, so a list that changes between two pages loses and repeats nothing.</summary>
/// <param name="Size">How many at the most; the default when 0.</param>
/// <param name="Token">Where to go on; the beginning when empty.</param>
internal sealed record Paging(int Size, string Token)
{
    private const int SizeDefault = 50;
    private const int SizeLimit = 1000;

    /// <summary>How many at the most.</summary>
    public int CountMax => Size switch
    {
        0 => SizeDefault,
        > 0 and <= SizeLimit => Size,
        _ => throw Refusals.Invalid("page_size", string.Create(CultureInfo.InvariantCulture, $"use 1 to {SizeLimit}, or 0 for {SizeDefault}")),
    };

    /// <summary>The key of the last element that was given; null at the beginning.</summary>
    public string? After
    {
        get
        {
            if (Token.Length == 0)
                return null;
            return Base64Url.IsValid(Token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(Token)) : throw Invalid();
        }
    }

    /// <summary>A token that is none.</summary>
    public static RefusedException Invalid() => Refusals.Invalid("page_token", "use the next_page_token of the answer before");

    /// <summary>Cuts a page out of all elements, which are in the order of their keys.</summary>
    public Page<T> CutOrdered<T>(IEnumerable<T> ordered, Func<T, string> keyOf)
    {
        var after = After;
        return CutOneMore([.. ordered.Where(element => after is null || string.CompareOrdinal(keyOf(element), after) > 0).Take(CountMax + 1)], keyOf);
    }

    /// <summary>Makes a page of elements that were read with one more than fits.</summary>
    public Page<T> CutOneMore<T>(IReadOnlyList<T> oneMore, Func<T, string> keyOf) => oneMore.Count <= CountMax
        ? new Page<T>(oneMore, "")
        : new Page<T>([.. oneMore.Take(CountMax)], Base64Url.EncodeToString(Encoding.UTF8.GetBytes(keyOf(oneMore[CountMax - 1]))));
}
