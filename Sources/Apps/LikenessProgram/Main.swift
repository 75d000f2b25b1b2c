import LikenessCommand

/// `likeness`: the commands of recognition.
@main
enum Main {
    static func main() async { await Program(Likeness.self, handsOver: true).run() }
}
