namespace Soracom.Sandbox.Orders;

/// <summary>The parts of Japan that shipping costs go by. The costs are made up.</summary>
/// <param name="Code">On the wire.</param>
/// <param name="Name">In Japanese.</param>
/// <param name="Cost">Of a parcel, in yen without tax.</param>
/// <param name="Prefectures">In Japanese without their last character, and in Roman letters.</param>
internal sealed record ShippingAreas(string Code, string Name, int Cost, string Prefectures)
{
    public const string Abroad = "international";

    private const string Otherwise = "kanto";

    public static IReadOnlyList<ShippingAreas> All { get; } =
    [
        new("hokkaido", "北海道", 1_200, "北海道 Hokkaido"),
        new("kita_tohoku", "北東北", 960, "青森 岩手 秋田 Aomori Iwate Akita"),
        new("minami_tohoku", "南東北", 850, "宮城 山形 福島 Miyagi Yamagata Fukushima"),
        new(Otherwise, "関東", 850, "茨城 栃木 群馬 埼玉 千葉 東京 神奈川 山梨 Ibaraki Tochigi Gunma Saitama Chiba Tokyo Kanagawa Yamanashi"),
        new("shinetsu", "信越", 850, "新潟 長野 Niigata Nagano"),
        new("chubu", "中部", 850, "岐阜 静岡 愛知 三重 Gifu Shizuoka Aichi Mie"),
        new("hokuriku", "北陸", 850, "富山 石川 福井 Toyama Ishikawa Fukui"),
        new("kansai", "関西", 960, "滋賀 京都 大阪 兵庫 奈良 和歌山 Shiga Kyoto Osaka Hyogo Nara Wakayama"),
        new("chugoku", "中国", 1_060, "鳥取 島根 岡山 広島 山口 Tottori Shimane Okayama Hiroshima Yamaguchi"),
        new("shikoku", "四国", 1_060, "徳島 香川 愛媛 高知 Tokushima Kagawa Ehime Kochi"),
        new("kyushu", "九州", 1_200, "福岡 佐賀 長崎 熊本 大分 宮崎 鹿児島 Fukuoka Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima"),
        new("okinawa", "沖縄", 1_300, "沖縄 Okinawa"),
    ];

    /// <summary>The code of the part that a prefecture belongs to.</summary>
    public static string Of(string prefecture) =>
        All.FirstOrDefault(area => area.Prefectures.Split(' ').Any(name => prefecture.StartsWith(name, StringComparison.OrdinalIgnoreCase)))?.Code ?? Otherwise;

    public static int CostOf(string code) => All.FirstOrDefault(area => area.Code == code)?.Cost ?? 3_000;
}
