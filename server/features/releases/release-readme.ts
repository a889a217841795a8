/** What lies in a bundle and how it is checked, for whoever opens it years later. */
export const RELEASE_README = `HÀI LÒNG - KẾT QUẢ CÔNG BỐ / PUBLISHED RESULTS

Tiếng Việt
Gói này chứa một lần công bố chỉ số hài lòng. Mọi tệp được liệt kê trong manifest.json cùng mã băm SHA-256;
signature.json là chữ ký Ed25519 của thành phố trên bản kê đó.
  figures.csv         chỉ số theo đơn vị và theo lĩnh vực, đủ chữ số, kèm lý do nếu bị ẩn
  tables.csv          các bảng khác: người trả lời, điều cần cải thiện, qua các đợt, chất lượng dữ liệu
  analysis.json       câu hỏi nào dùng cho bảng nào, từ ngữ nhận ra chủ đề của ý kiến
  earlier.json        các đợt trước, theo bản công bố của chúng
  wave.json           đợt khảo sát: phạm vi, thời gian, cách thu thập
  questionnaire.json  phiếu hỏi đúng như đã dùng
  units.json          các đơn vị và lĩnh vực tại ngày tham chiếu
  method.json         phương pháp tính và ngưỡng bảo mật
Gói dành cho kiểm toán có thêm: records.csv (từng phiếu, đã khử nhận dạng), guard.json, reports.json, salt.txt.
Kiểm tra, không cần mạng:  npm run verify-release -- TÊN-GÓI.zip --key signing-key.pem
Khóa công khai lấy tại địa chỉ /signing-key.pem của hệ thống và đối chiếu với bản lưu ở nơi khác.

English
This bundle is one release of the satisfaction index. manifest.json lists every file with its SHA-256;
signature.json is the city's Ed25519 signature on that list.
  figures.csv         the index by unit and by service with all its digits, or why it is hidden
  tables.csv          the other tables: who answered, what should improve, over the waves, data quality
  analysis.json       which question is for which table, and the words by which topics of comments are known
  earlier.json        the waves before, by their releases
  wave.json           the round of collection: scope, dates, mode
  questionnaire.json  the form exactly as it was used
  units.json          the units and services on the day of reference
  method.json         how figures are computed, and the thresholds of disclosure
The bundle for auditors also has records.csv (each response, de-identified), guard.json, reports.json and salt.txt.
To check it, without a network:  npm run verify-release -- BUNDLE.zip --key signing-key.pem
The public key is at /signing-key.pem of the platform; hold it against a copy kept elsewhere.
`
